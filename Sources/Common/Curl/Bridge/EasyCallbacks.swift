// SPDX-License-Identifier: Apache-2.0
import CCurl

/// The functions that libcurl calls, all of them on the client's thread within `perform` or
/// `resume`.
///
/// Each finds its `EasyHandle` in the context and translates between C and `Exchange`.
enum EasyCallbacks {
    static let header: ccurl_write_function = { bytes, size, count, context in
        guard let context else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        // Anything but the whole count makes libcurl end the transfer.
        return EasyHandle.owner(context: context).exchange.receive(headerLine: Array(line))
            ? line.count : line.count &+ 1
    }

    static let write: ccurl_write_function = { bytes, size, count, context in
        guard let context else { return 0 }
        let chunk = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return switch EasyHandle.owner(context: context).exchange.receive(body: chunk) {
        case .taken: chunk.count
        case .full: Int(CURL_WRITEFUNC_PAUSE)
        case .over: Int(CURL_WRITEFUNC_ERROR)
        }
    }

    static let read: ccurl_read_function = { buffer, size, count, context in
        guard let context else { return Int(CURL_READFUNC_ABORT) }
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
        return switch EasyHandle.owner(context: context).exchange.supply(target) {
        case .bytes(let count): count
        case .later: Int(CURL_READFUNC_PAUSE)
        case .end: 0
        case .failed: Int(CURL_READFUNC_ABORT)
        }
    }

    static let seek: ccurl_seek_function = { context, offset, origin in
        guard let context, offset == 0, origin == 0 else { return CURL_SEEKFUNC_CANTSEEK }
        EasyHandle.owner(context: context).exchange.rewind()
        return CURL_SEEKFUNC_OK
    }

    static let progress: ccurl_progress_function = { context, _, downloaded, _, uploaded in
        guard let context else { return 0 }
        EasyHandle.owner(context: context).exchange.noteProgress(Int64(downloaded &+ uploaded))
        return 0
    }
}
