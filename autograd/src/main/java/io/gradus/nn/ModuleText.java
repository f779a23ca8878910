package io.gradus.nn;

/** A module and those inside it as PyTorch writes them: a line each, indented. */
final class ModuleText {
  private ModuleText() {}

  static String of(Module module) {
    if (module.namedChildren().isEmpty()) {
      return module.typeName() + "(" + module.extraRepr() + ")";
    }
    StringBuilder out = new StringBuilder(module.typeName()).append("(\n");
    module
        .namedChildren()
        .forEach(
            (name, child) ->
                out.append("  (")
                    .append(name)
                    .append("): ")
                    .append(child.toString().replace("\n", "\n  "))
                    .append('\n'));
    return out.append(')').toString();
  }
}
