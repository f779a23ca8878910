/** Tests of files: what others wrote, what we write, and what nobody should. */
@NullMarked
package io.gradus.io;

import org.jspecify.annotations.NullMarked;
