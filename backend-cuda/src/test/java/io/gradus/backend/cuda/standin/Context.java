package io.gradus.backend.cuda.standin;

import java.util.LinkedHashSet;
import java.util.Set;

/** A context: what belongs to one device, and the error that ends it. */
final class Context {
  final int device;
  final long handle;
  final Stream defaultStream;
  final Set<Stream> streams = new LinkedHashSet<>();

  /** Where its memory is. */
  final Set<Long> allocations = new LinkedHashSet<>();

  /** How often it has been retained, for a primary one. */
  int retained;

  /** The error that every call gives from now on, 0 for none. */
  int error;

  Context(int device, long handle) {
    this.device = device;
    this.handle = handle;
    this.defaultStream = new Stream(this, 0, 0, 0);
  }

  /** Ends it with an error; the first one stays. */
  void fail(int code, String why) {
    if (error == 0) {
      error = code;
      System.out.println("[stand-in] CUresult " + code + ": " + why);
    }
  }
}
