/** Tests of the changes of samples. */
@NullMarked
package io.gradus.data.transform;

import org.jspecify.annotations.NullMarked;
