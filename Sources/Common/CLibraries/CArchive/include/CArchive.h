// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <archive.h>
#include <archive_entry.h>
#include <stddef.h>
#include <stdint.h>

// The CRC-32 of gzip (RFC 1952, section 8): continues `crc`, 0 at the beginning, with `length`
// bytes. Here because libarchive 3.6.2 reads a gzip trailer without comparing it.
uint32_t carchive_crc32(uint32_t crc, const void *bytes, size_t length);

// The entry types, whose macros Swift can't read because they contain a cast.
static const uint32_t carchive_regular_file = AE_IFREG;
static const uint32_t carchive_directory = AE_IFDIR;
static const uint32_t carchive_symbolic_link = AE_IFLNK;
