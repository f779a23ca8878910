/** Wording of errors that more than one place of this module raises. */
@NullMarked
package io.gradus.error;

import org.jspecify.annotations.NullMarked;
