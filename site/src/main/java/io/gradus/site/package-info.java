/**
 * The documentation as a site: pages made of Markdown, examples and API references, with checked
 * links.
 */
@NullMarked
package io.gradus.site;

import org.jspecify.annotations.NullMarked;
