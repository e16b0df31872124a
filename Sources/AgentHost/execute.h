// SPDX-License-Identifier: Apache-2.0
#pragma once

// Replaces the process by a command, found in PATH unless its name holds a slash. Returns only on
// failure, with an errno; `stage` is then set to the step that failed.
//
// Not execvp: that hands a file of unknown format to a shell, and lets an empty or relative element
// of PATH find commands in the working directory, which is the very thing that was uploaded.
int execute(char **command, const char **stage);
