package io.gradus.io;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists of numbers as texts that give back the same bits, separated by blanks. */
final class Numbers {
  private Numbers() {}

  static String text(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  /** As many numbers as expected. */
  static double[] doubles(Where where, @Nullable String text, int count) {
    try {
      return Arrays.stream(words(where, text, count)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw where.malformed("'%s', expected %d numbers", Where.clip(text), count);
    }
  }

  /** As many whole numbers as expected. */
  static long[] longs(Where where, @Nullable String text, int count) {
    try {
      return Arrays.stream(words(where, text, count)).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw where.malformed("'%s', expected %d whole numbers", Where.clip(text), count);
    }
  }

  private static String[] words(Where where, @Nullable String text, int count) {
    String[] words = text == null || text.isEmpty() ? new String[0] : text.split(" ", -1);
    if (words.length != count) {
      throw where.malformed("'%s', expected %d numbers", Where.clip(text), count);
    }
    return words;
  }
}
