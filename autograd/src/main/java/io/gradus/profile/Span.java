package io.gradus.profile;

/**
 * Something that took time in one thread.
 *
 * @param kind how it is filed: {@code kernel}, {@code memory}, or the kind of a region
 * @param operation that a kernel ran for; empty for anything else
 * @param begin and {@code end}, by {@link System#nanoTime}
 */
record Span(
    String kind,
    String name,
    String operation,
    String device,
    long thread,
    long begin,
    long end,
    long elements,
    long bytes) {}
