package io.gradus.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class InplaceAutogradTest {
  @TestFactory
  @DisplayName("S10 programs of in-place operations, hooks and backward do what PyTorch does")
  Stream<DynamicTest> programs() {
    OperationRegistry operations = OperationRegistry.core();
    return GoldenFiles.lines("inplace_autograd.jsonl.gz").stream()
        .map(
            p ->
                dynamicTest(
                    p.get("name").textValue(), () -> new AutogradProgram(operations).run(p)));
  }
}
