package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderPositionTest {
  private static List<List<Long>> values(Iterator<List<Tensor>> pass) {
    List<List<Long>> batches = new ArrayList<>();
    pass.forEachRemaining(
        batch -> {
          List<Long> values = new ArrayList<>();
          for (long v : batch.get(0).longArray()) {
            values.add(v);
          }
          batches.add(values);
        });
    return batches;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  @DisplayName("S12.4 a pass that goes on in the middle gives the batches that were left")
  void goOn(int workers) {
    Generator generator = new Generator(1);
    DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(new TensorDataset(Tensor.arange(10)), 3).shuffle(generator).workers(workers);
    Generator.State before = generator.getState();
    List<List<Long>> whole = values(loader.iterator());
    assertEquals(4, whole.size());
    for (int batch = 0; batch <= 4; batch++) {
      generator.setState(before);
      assertEquals(whole.subList(batch, 4), values(loader.from(batch)));
    }
    assertFalse(loader.from(Long.MAX_VALUE).hasNext());
    assertThrows(InvalidArgumentException.class, () -> loader.from(-1));
  }
}
