// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

extension HTTPFields {
    /// Sets a field that has no constant; a name that can't be one is left out.
    mutating func set(_ name: String, _ value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}

extension Request {
    /// The value of a header that has no constant.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}
