/** The conformance suite: what every backend must do, checked the same way for all of them. */
@NullMarked
package io.gradus.tck;

import org.jspecify.annotations.NullMarked;
