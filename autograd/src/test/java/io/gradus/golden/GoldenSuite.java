package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.golden.Outcome.Status;
import io.gradus.golden.module.ModuleCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs cases of one file and reports what became of each. */
final class GoldenSuite {
  /** The samples of these in-place names act on a clone. */
  private final OperationRegistry operations =
      OperationRegistry.core().add("zero_", a -> a.tensor(0, "input").clone().zero_());

  private final OperationRegistry programs = InplaceAutogradTest.registry();

  /** Values, gradients and second gradients of one call. */
  List<Outcome> call(JsonNode json) {
    GoldenCase golden = new GoldenCase(json);
    String op = golden.operation();
    String id = golden.id();
    List<Outcome> all = new ArrayList<>();
    if (!operations.exists(op)) {
      absent(json, op, id, all::add);
      return all;
    }
    all.add(Attempt.of(Kind.FORWARD, op, id, () -> new CallCheck(operations, golden).run()));
    if (json.has("grad")) {
      all.add(
          Attempt.of(
              Kind.GRADIENT, op, id, () -> new GradientCheck(operations, golden, false).run()));
    }
    if (json.has("gradgrad")) {
      all.add(
          Attempt.of(
              Kind.GRADGRAD, op, id, () -> new GradientCheck(operations, golden, true).run()));
    }
    return all;
  }

  private static void absent(JsonNode json, String op, String id, Consumer<Outcome> to) {
    String why = "no operation " + op;
    to.accept(new Outcome(Kind.FORWARD, op, id, Status.ABSENT, why));
    if (json.has("grad")) {
      to.accept(new Outcome(Kind.GRADIENT, op, id, Status.ABSENT, why));
    }
    if (json.has("gradgrad")) {
      to.accept(new Outcome(Kind.GRADGRAD, op, id, Status.ABSENT, why));
    }
  }

  /** A call that raises. */
  Outcome error(JsonNode json) {
    GoldenCase golden = new GoldenCase(json);
    return Attempt.of(
        Kind.ERRORS,
        golden.operation(),
        golden.id(),
        () -> new ErrorCheck(operations, golden).run());
  }

  /** The files that are not about one operation each. */
  enum Whole {
    INDEXING(Kind.INDEXING, "indexing.jsonl.gz"),
    VIEWS(Kind.VIEWS, "views.jsonl.gz"),
    PRINTING(Kind.PRINTING, "printing.jsonl.gz"),
    AUTOGRAD(Kind.AUTOGRAD, "inplace_autograd.jsonl.gz"),
    PROMOTION(Kind.PROMOTION, "promotion.json"),
    CASTS(Kind.CASTS, "dtype_cast.jsonl.gz"),
    MODULES(Kind.MODULES, "modules.jsonl.gz");

    private final Kind kind;
    private final String file;

    Whole(Kind kind, String file) {
      this.kind = kind;
      this.file = file;
    }

    Kind kind() {
      return kind;
    }

    String file() {
      return file;
    }
  }

  /** All cases of such a file. */
  List<Outcome> whole(Whole whole) {
    List<JsonNode> cases = new ArrayList<>();
    if (whole == Whole.PROMOTION) {
      JsonNode promotion = GoldenFiles.whole(whole.file);
      promotion.get("binary").forEach(cases::add);
      promotion.get("unary").forEach(cases::add);
    } else {
      cases.addAll(GoldenFiles.lines(whole.file));
    }
    return cases.stream().map(c -> one(whole, c)).toList();
  }

  /** One case of such a file. */
  Outcome one(Whole whole, JsonNode json) {
    String id = GoldenCase.id(json);
    return switch (whole) {
      case INDEXING ->
          Attempt.of(
              whole.kind, json.get("kind").textValue(), id, () -> new IndexingCheck(json).run());
      case VIEWS ->
          Attempt.of(whole.kind, "views", id, () -> new ViewsCheck(operations, json).run());
      case PRINTING -> Attempt.of(whole.kind, "printing", id, () -> new PrintingCheck(json).run());
      case AUTOGRAD ->
          Attempt.of(
              whole.kind,
              json.get("name").textValue(),
              id,
              () -> new AutogradProgram(programs).run(json));
      case PROMOTION ->
          Attempt.of(
              whole.kind,
              json.has("a") ? "binary" : "unary",
              id,
              () -> {
                if (json.has("a")) {
                  PromotionTest.pair(json);
                } else {
                  PromotionTest.single(json);
                }
              });
      case CASTS ->
          Attempt.of(
              whole.kind,
              json.get("dtype").textValue() + " to " + json.get("to").textValue(),
              id,
              () -> DtypeCastTest.check(json));
      case MODULES ->
          Attempt.of(
              whole.kind,
              "nn." + json.get("module").textValue(),
              id,
              () -> new ModuleCheck(json).run());
    };
  }
}
