// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Finds the key that tokens are signed with.
enum TokenKey {
    /// The configured key, else the data folder's own, made where it is missing.
    static func find(_ settings: ServerSettings, makingIn folder: DataFolder) throws -> [UInt8] {
        try configured(settings) ?? folder.tokenKey()
    }

    /// The configured key.
    ///
    /// Stages in processes of their own must share one, so that none may make it up.
    static func require(_ settings: ServerSettings) throws -> [UInt8] {
        guard let key = try configured(settings) else {
            throw ServerFailure(
                status: ServerFailure.configuration,
                message:
                    "Set TLAO_JWT_SECRET (32 bytes or more) or TLAO_JWT_KEY_FILE, the same for every stage."
            )
        }
        return key
    }

    private static func configured(_ settings: ServerSettings) throws -> [UInt8]? {
        let key: [UInt8]
        if let secret = settings.tokenSecret {
            key = Array(secret.utf8)
        } else if let path = settings.tokenKeyFile {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ServerFailure(
                    status: ServerFailure.configuration,
                    message: "TLAO_JWT_KEY_FILE: \(path) can't be read.")
            }
            key = Array(data)
        } else {
            return nil
        }
        guard key.count >= 32 else {
            throw ServerFailure(
                status: ServerFailure.configuration,
                message: "The token key has \(key.count) bytes; at least 32 are needed.")
        }
        return key
    }
}
