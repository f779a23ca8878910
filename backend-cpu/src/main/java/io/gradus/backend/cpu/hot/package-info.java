/**
 * Programs that stay hot, compiled into one loop over vectors each; how they are found and when
 * they take over from tiles. What a program means, and how tiles run it, is elsewhere.
 */
@NullMarked
package io.gradus.backend.cpu.hot;

import org.jspecify.annotations.NullMarked;
