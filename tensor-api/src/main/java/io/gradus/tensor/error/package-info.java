/**
 * The one exception hierarchy of the library: what was asked, what is allowed, what to do.
 *
 * <p>Only exception types live here; the checks that throw them stand beside the rule they guard.
 */
@NullMarked
package io.gradus.tensor.error;

import org.jspecify.annotations.NullMarked;
