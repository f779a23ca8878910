/** Matrix products of every dtype; the epilogue is a program like any other. */
@NullMarked
package io.gradus.backend.cpu.contract;

import org.jspecify.annotations.NullMarked;
