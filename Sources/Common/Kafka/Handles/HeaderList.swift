// SPDX-License-Identifier: Apache-2.0
import CRdKafka

/// Owns a `rd_kafka_headers_t` until a message takes it over.
struct HeaderList: ~Copyable {
    private let pointer: OpaquePointer

    /// Copies the headers.
    ///
    /// A name ends at its first NUL; a null value stays null.
    init(_ headers: [KafkaHeader]) throws(KafkaError) {
        pointer = rd_kafka_headers_new(headers.count)
        for header in headers {
            let error = header.value.withCBytes { value, size in
                rd_kafka_header_add(pointer, header.name, -1, value, size)
            }
            try KafkaError.check(error, "The header \(header.name) can't be added")
        }
    }

    deinit { rd_kafka_headers_destroy(pointer) }

    /// Lends the list to a call that takes it over when it succeeds, and only then.
    consuming func handOver(
        _ body: (OpaquePointer) -> rd_kafka_resp_err_t
    ) -> rd_kafka_resp_err_t {
        let error = body(pointer)
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
            // Still ours: freed by `deinit`.
            _ = consume self
            return error
        }
        discard self
        return error
    }
}
