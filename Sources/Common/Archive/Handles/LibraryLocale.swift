// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Makes the calling thread read and write names as UTF-8 for the duration of a call.
///
/// libarchive converts the names of pax archives between UTF-8 and the thread's locale, and in
/// the "C" locale of a process that never called `setlocale` it replaces every other letter by a
/// question mark (libarchive wiki, "Filenames"). Only this thread is changed, and changed back.
func withUTF8Locale<Value>(
    _ body: () throws(ArchiveError) -> Value
) throws(ArchiveError) -> Value {
    guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else {
        throw ArchiveError(
            .libraryFailed, "The locale C.UTF-8 is missing, so names can't be read or written.")
    }
    let previous = uselocale(locale)
    defer {
        uselocale(previous)
        freelocale(locale)
    }
    return try body()
}
