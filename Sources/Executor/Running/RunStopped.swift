// SPDX-License-Identifier: Apache-2.0

/// The error of a step that a stop overtook; why is what the run's control says.
struct RunStopped: Error {}
