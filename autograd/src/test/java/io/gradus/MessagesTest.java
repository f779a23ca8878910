package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.data.TensorDataset;
import io.gradus.io.Checkpoint;
import io.gradus.io.Csv;
import io.gradus.nn.Functional;
import io.gradus.nn.Linear;
import io.gradus.nn.attention.MultiheadAttention;
import io.gradus.optim.AdamOptions;
import io.gradus.optim.SGD;
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Errors and texts say what a user needs to go on. */
class MessagesTest {
  private final Tensor x = Tensor.randn(2, 3);

  private static void says(String part, Executable body) {
    Exception e = assertThrows(Exception.class, body);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  @Test
  void floatingLabelsAreToBeWhole() {
    says("to(DType.I64)", () -> Functional.crossEntropy(x, Tensor.zeros(2)));
    says("to(DType.I64)", () -> Functional.nllLoss(x, Tensor.zeros(2), null, -100, null));
  }

  @Test
  void releasedTensorsCanBePrinted() {
    Tensor gone;
    try (TensorScope _ = TensorScope.open()) {
      gone = Tensor.zeros(2, 2);
    }
    assertEquals("tensor(released, size=(2, 2), dtype=torch.float32)", gone.toString());
  }

  @Test
  void filesAndFoldersAreNamed(@TempDir Path folder) throws IOException {
    Linear model = new Linear(1, 1);
    Path file = folder.resolve("a.safetensors");
    Checkpoint.of(model).save(file);
    SGD sgd = new SGD(model.parameters(), 0.1);
    says("no optimizer in the file", () -> Checkpoint.load(file).restore(model, sgd));
    Path missing = folder.resolve("missing");
    says(missing.toString(), () -> Checkpoint.of(model).save(missing.resolve("a")));
    says("no such folder for a", () -> Checkpoint.of(model).save(missing.resolve("a")));
    Path table = Files.writeString(folder.resolve("t.csv"), "a,kind\n1,cat\n");
    says("classes(\"kind\")", () -> Csv.read(table).numbers("kind"));
  }

  @Test
  void graphsSayHowTheyAreKept() {
    Tensor w = Tensor.ones(2).requiresGrad_(true);
    Tensor loss = w.mul(w).sum();
    loss.backward();
    says("backward(true)", loss::backward);
    says("of shape [] of a leaf of shape [2]", () -> w.select(0, 0).fill_(3));
  }

  @Test
  void dtypesHaveTheirShortNames() {
    says("f32 did not match f64", () -> x.allclose(x.to(DType.F64)));
    says("result type f32", () -> Tensor.zeros(2).to(DType.I64).add_(1.5));
  }

  @Test
  void settingsHaveRanges() {
    says("Invalid learning rate: -1.0; it must be at least 0", () -> SGD.Options.of(-1));
    says("at least 0 and less than 1", () -> AdamOptions.of(1).betas(1, 0.9));
    says("register(name, part)", () -> new SGD(List.of(), 0.1));
  }

  @Test
  void operationsAndShapesAreNamed() {
    says("'jkl' does not match the number", () -> Tensor.einsum("ij,jkl->ik", x, x));
    says("operand 1: shape [2, 3]", () -> Tensor.einsum("ij,jkl->ik", x, x));
    says("3 and 2 for subscript j", () -> Tensor.einsum("ij,jk->ik", x, x));
    says("'i1'", () -> Tensor.einsum("i1->i", x));
    says("[sum] Dimension out of range", () -> x.sum(2));
    says("shape [2, 3]", () -> x.mean(2));
    Tensor five = Tensor.tensor(new long[][] {{5}});
    says("[gather] index 5 is out of bounds for dimension 1", () -> x.gather(1, five));
    says("[index_select] index 9 is", () -> x.indexSelect(0, Tensor.tensor(9L)));
    says("[cat] Dimension out of range", () -> Tensor.cat(List.of(x, x), 2));
    says("[gather] Dimension out of range", () -> x.gather(2, five));
  }

  @Test
  void attentionNamesTheInput() {
    MultiheadAttention attention = new MultiheadAttention(4, 2);
    Tensor good = Tensor.zeros(2, 1, 4);
    Tensor bad = Tensor.zeros(2, 1, 3);
    says("of query (embedDim)", () -> attention.call(bad, good, good));
    says("of key", () -> attention.call(good, bad, good));
    says("of value", () -> attention.call(good, good, bad));
  }

  @Test
  void objectsHaveTexts() {
    SGD sgd = new SGD(List.of(x), 0.1);
    assertTrue(sgd.toString().startsWith("SGD(\n  group 0: 1 parameter, Options[lr=0.1"), "" + sgd);
    assertEquals("StepLR(epoch=0, lr=[0.1])", new StepLR(sgd, 3).toString());
    assertEquals("Generator(seed=7, stream=0)", new Generator(7).toString());
    assertEquals("TensorDataset(2 samples: f32 [2, 3])", new TensorDataset(x).toString());
  }
}
