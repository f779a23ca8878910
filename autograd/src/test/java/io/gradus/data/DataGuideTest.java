package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.transform.Normalize;
import io.gradus.data.transform.RandomAffine;
import io.gradus.data.transform.RandomCrop;
import io.gradus.data.transform.Standardize;
import io.gradus.data.transform.Transform;
import io.gradus.random.Generator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/data.md, run. */
class DataGuideTest {
  private static final int IMAGES = 10;

  @TempDir Path dir;

  /** The four files in the form of MNIST, so that nothing needs to be downloaded. */
  private Path someMnist() throws IOException {
    for (String part : new String[] {"train", "t10k"}) {
      ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * 28 * 28);
      images.putInt(0x803).putInt(IMAGES).putInt(28).putInt(28);
      Files.write(dir.resolve(part + "-images-idx3-ubyte"), images.array());
      ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES);
      labels.putInt(0x801).putInt(IMAGES);
      Files.write(dir.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    return dir;
  }

  @Test
  void mnistAndTransforms() throws IOException {
    TensorDataset train = Mnist.train(Mnist.download(someMnist()));
    Transform augment =
        Transform.of(
            new RandomCrop(28, 28, 2), RandomAffine.rotation(10), new Normalize(0.1307, 0.3081));
    DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(train.map(augment.on(0)), 64).shuffle(new Generator(3)).workers(2);
    List<Tensor> batch = loader.iterator().next();
    assertArrayEquals(new long[] {IMAGES, 1, 28, 28}, batch.get(0).shape().toArray());
    assertEquals(-0.1307 / 0.3081, batch.get(0).max().item().doubleValue(), 1e-6);
  }

  @Test
  void anyFile() throws IOException {
    byte[] model = {1, 2, 3};
    try (TestServer server = new TestServer(TestServer.whole(model))) {
      new Download(server.uri("/model.pt"), DownloadTest.sha256(model), 3)
          .to(dir.resolve("model.pt"));
    }
    assertArrayEquals(model, Files.readAllBytes(dir.resolve("model.pt")));
  }

  @Test
  void tables() {
    Tensor trainTable = Iris.load().tensors().get(0);
    Standardize standardize = Standardize.of(trainTable);
    Tensor inputs = standardize.apply(trainTable.narrow(0, 0, 5));
    assertTrue(inputs.abs().max().item().doubleValue() < 4);
  }
}
