package io.gradus.backend.cuda.emulator;

/** Splits PTX into words and signs, and keeps count of lines; comments are skipped. */
final class PtxScanner {
  private final String text;
  private int at;
  private int line = 1;

  /** The current word or sign; empty at the end. */
  String token = "";

  /** The line of the current token. */
  int tokenLine;

  PtxScanner(String text) {
    this.text = text;
    next();
  }

  /** Goes on to the next token, and gives the one before. */
  String next() {
    String before = token;
    skipBlank();
    tokenLine = line;
    if (at >= text.length()) {
      token = "";
      return before;
    }
    int from = at;
    char c = text.charAt(at++);
    if (c == '"') {
      while (at < text.length() && text.charAt(at++) != '"') {}
    } else if (isWord(c)) {
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
    }
    token = text.substring(from, at);
    return before;
  }

  boolean is(String expected) {
    return token.equals(expected);
  }

  /** Takes the token if it is this one. */
  boolean take(String expected) {
    if (is(expected)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String expected) {
    if (!take(expected)) {
      throw new PtxException("line " + tokenLine + ": expected " + expected + ", found " + token);
    }
  }

  boolean atEnd() {
    return token.isEmpty();
  }

  /** Leaves out what stands in the rest of the line, as of a {@code .loc}. */
  void skipLine() {
    int now = tokenLine;
    while (!atEnd() && tokenLine == now) {
      next();
    }
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$'
        || c == '%'
        || c == '.';
  }

  private void skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (c <= ' ') {
        at++;
      } else if (text.startsWith("//", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        end = end < 0 ? text.length() : end + 2;
        for (; at < end; at++) {
          line += text.charAt(at) == '\n' ? 1 : 0;
        }
      } else {
        return;
      }
    }
  }
}
