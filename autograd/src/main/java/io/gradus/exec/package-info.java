/**
 * The only road from a tensor operation to a device: promote, broadcast, check, allocate, run,
 * record.
 *
 * <p>Every check of user input happens here, or in {@code op}, before anything is allocated.
 */
@NullMarked
package io.gradus.exec;

import org.jspecify.annotations.NullMarked;
