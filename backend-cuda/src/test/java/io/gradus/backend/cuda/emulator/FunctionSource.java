package io.gradus.backend.cuda.emulator;

import java.util.ArrayList;
import java.util.List;

/** A kernel as it is written: statements whose names are not yet resolved. */
final class FunctionSource {
  final String name;
  final List<Parameter> parameters = new ArrayList<>();
  final List<Statement> statements = new ArrayList<>();
  final List<Variable> variables = new ArrayList<>();

  /** The most threads of a block that it was written for, 0 if it does not say. */
  int maxThreads;

  /**
   * A kernel's parameter.
   *
   * @param offset where it lies among the packed parameters
   */
  record Parameter(String name, int offset, int bytes) {}

  FunctionSource(String name) {
    this.name = name;
  }

  /** The size of the packed parameters. */
  int parameterBytes() {
    return parameters.isEmpty() ? 0 : parameters.getLast().offset() + parameters.getLast().bytes();
  }
}
