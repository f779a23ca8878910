/** Tests of profiles and flight recordings, read back. */
@NullMarked
package io.gradus.profile;

import org.jspecify.annotations.NullMarked;
