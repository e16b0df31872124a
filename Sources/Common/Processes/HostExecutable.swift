// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Finds the program that hosts processes.
public enum HostExecutable {
    /// The name of the program.
    public static let name = "tlao-agent-host"

    /// The host at `override`, or else the one beside the running executable.
    ///
    /// To be called once, at the start: it asks the file system, and it is better to learn then
    /// that an installation is not whole. Throws `hostNotFound` when there is none that can be
    /// executed.
    public static func locate(override: String? = nil) throws(ProcessError) -> String {
        let path: String
        if let override {
            path = override
        } else {
            path = try ownFolder() + "/" + name
        }
        guard access(path, X_OK) == 0 else {
            throw ProcessError(
                .hostNotFound, "There is no executable host at \(path).", systemError: errno)
        }
        return path
    }

    private static func ownFolder() throws(ProcessError) -> String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count)
        guard length > 0, let slash = path[..<length].lastIndex(of: CChar(UInt8(ascii: "/")))
        else {
            throw ProcessError(
                .hostNotFound, "The running executable's own path can't be read.",
                systemError: length < 0 ? errno : nil)
        }
        return String(decoding: path[..<slash].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
