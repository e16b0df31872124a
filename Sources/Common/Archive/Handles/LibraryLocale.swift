// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How libarchive is to treat names that are not ASCII, on the calling thread only.
///
/// It converts the names of pax archives between UTF-8 and the thread's locale (its wiki,
/// "Filenames"), so that what happens to a name would depend on who called `setlocale`.
enum LibraryLocale: String {
    /// For writing: names are UTF-8 and stored as such. In the "C" locale every one would be marked
    /// as of unknown encoding.
    case utf8 = "C.UTF-8"

    /// For reading: names are bytes and come as they are stored, with a warning. In a UTF-8 locale
    /// they would be composed (NFC), and so become other names.
    case bytes = "C"

    /// Runs `body` in this locale; the thread gets its own back.
    func with<Value>(_ body: () throws(ArchiveError) -> Value) throws(ArchiveError) -> Value {
        guard let locale = newlocale(LC_CTYPE_MASK, rawValue, nil) else {
            throw ArchiveError(.libraryFailed, "The system has no locale \(rawValue).")
        }
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            freelocale(locale)
        }
        return try body()
    }
}
