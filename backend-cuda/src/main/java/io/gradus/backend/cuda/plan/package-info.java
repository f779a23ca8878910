/**
 * What a kernel becomes on a GPU: launches of PTX with their arguments, as plain data.
 *
 * <p>The seam between who writes PTX and who talks to the driver; neither is known here.
 */
@NullMarked
package io.gradus.backend.cuda.plan;

import org.jspecify.annotations.NullMarked;
