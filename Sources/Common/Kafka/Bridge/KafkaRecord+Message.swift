// SPDX-License-Identifier: Apache-2.0
import CRdKafka

extension KafkaRecord {
    /// Copies a message that librdkafka lends.
    ///
    /// Whatever is missing or unreadable never traps.
    init(copying message: UnsafePointer<rd_kafka_message_t>, headers: [KafkaHeader]) {
        var timestampType = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = rd_kafka_message_timestamp(message, &timestampType)
        let fields = message.pointee
        self.init(
            topic: message.topic, partition: fields.partition, offset: fields.offset,
            timestampMilliseconds: timestampType == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
                ? nil : timestamp,
            key: [UInt8]?(copying: fields.key, count: fields.key_len),
            value: [UInt8]?(copying: fields.payload, count: fields.len), headers: headers)
    }
}

extension UnsafePointer<rd_kafka_message_t> {
    /// The topic's name, repaired where it is not UTF-8.
    var topic: String {
        guard let handle = pointee.rkt, let name = rd_kafka_topic_name(handle) else { return "" }
        return String(cString: name)
    }

    /// Copies the message's headers, which librdkafka parses only now.
    func headers() throws(KafkaError) -> [KafkaHeader] {
        var list: OpaquePointer?
        let error = rd_kafka_message_headers(self, &list)
        if error == RD_KAFKA_RESP_ERR__NOENT { return [] }
        try KafkaError.check(error, "The headers of \(topic)/\(pointee.partition) can't be read")
        guard let list else { return [] }
        var headers: [KafkaHeader] = []
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(list, headers.count, &name, &value, &size)
            == RD_KAFKA_RESP_ERR_NO_ERROR
        {
            headers.append(
                KafkaHeader(
                    name: name.map { String(cString: $0) } ?? "",
                    value: [UInt8]?(copying: value, count: size)))
        }
        return headers
    }
}
