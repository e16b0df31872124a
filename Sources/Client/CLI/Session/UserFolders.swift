// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// The user's folders of the XDG base directory specification.
struct UserFolders {
    let configuration: FilePath
    let applicationFiles: FilePath

    /// Reads the variables; relative paths are taken for none, as the specification asks.
    init(environment: [String: String]) throws(CommandFailure) {
        let home = environment["HOME"].flatMap(Self.absolute)
        guard
            let configuration = environment["XDG_CONFIG_HOME"].flatMap(Self.absolute)
                ?? home?.appending(".config"),
            let files = environment["XDG_DATA_HOME"].flatMap(Self.absolute)
                ?? home?.appending(".local/share")
        else {
            throw CommandFailure(
                .internal, "There is no home folder.",
                advice: ["Set HOME, or XDG_CONFIG_HOME and XDG_DATA_HOME."])
        }
        self.configuration = configuration
        applicationFiles = files
    }

    private static func absolute(_ text: String) -> FilePath? {
        let path = FilePath(text)
        return path.isAbsolute ? path : nil
    }
}
