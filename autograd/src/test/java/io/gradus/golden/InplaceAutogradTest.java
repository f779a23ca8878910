package io.gradus.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class InplaceAutogradTest {
  /** These programs call torch.where itself, with the condition first. */
  static OperationRegistry registry() {
    return OperationRegistry.core()
        .signature("where", "condition input other")
        .add(
            "where",
            a -> Tensor.where(a.tensor(0, "condition"), a.tensor(1, "x"), a.tensor(2, "y")));
  }

  @TestFactory
  @DisplayName("S10 programs of in-place operations, hooks and backward do what PyTorch does")
  Stream<DynamicTest> programs() {
    OperationRegistry operations = registry();
    return GoldenFiles.lines("inplace_autograd.jsonl.gz").stream()
        .map(
            p ->
                dynamicTest(
                    p.get("name").textValue(), () -> new AutogradProgram(operations).run(p)));
  }
}
