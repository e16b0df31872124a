// SPDX-License-Identifier: Apache-2.0

import CArchive

/// Gives the tar reader its next bytes: an `archive_read_callback` over a ``GzipReader``.
///
/// The context is kept alive by the ``TarReader`` that made the call possible. An error stays
/// in the gzip reader; the library only gets the number that ends its reading.
func readGzipBlock(
    _ archive: OpaquePointer?, _ context: UnsafeMutableRawPointer?,
    _ block: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> Int {
    guard let context, let block else { return Int(ARCHIVE_FATAL) }
    let input = Unmanaged<GzipReader>.fromOpaque(context).takeUnretainedValue()
    do {
        let bytes = try input.nextBlock()
        block.pointee = bytes?.baseAddress
        return bytes?.count ?? 0
    } catch {
        return Int(ARCHIVE_FATAL)
    }
}
