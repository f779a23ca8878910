/** The CPU backend: its provider, device and kernels' dispatch; loops live in its subpackages. */
@NullMarked
package io.gradus.backend.cpu;

import org.jspecify.annotations.NullMarked;
