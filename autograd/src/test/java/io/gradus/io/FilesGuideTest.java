package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.ImageFolder;
import io.gradus.data.Iris;
import io.gradus.data.LoaderPosition;
import io.gradus.data.TensorDataset;
import io.gradus.io.tensorboard.EventWriter;
import io.gradus.nn.Linear;
import io.gradus.optim.Adam;
import io.gradus.optim.AdamOptions;
import io.gradus.optim.schedule.ExponentialLR;
import io.gradus.random.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/files.md, run. */
class FilesGuideTest {
  @TempDir Path dir;

  private final Linear model = new Linear(4, 3);

  @Test
  void formats() {
    TorchFile.write(dir.resolve("model.pt"), model.stateDict());
    Map<String, Tensor> state = TorchFile.readStateDict(dir.resolve("model.pt"));
    model.loadStateDict(state);
    Safetensors.write(
        dir.resolve("model.safetensors"), model.stateDict(), Map.of("note", "from PyTorch"));
    try (Safetensors file = Safetensors.open(dir.resolve("model.safetensors"))) {
      Tensor weight = file.get("weight");
      assertTrue(SampleFiles.same(weight, model.weight()));
    }
    Path path = dir.resolve("a.npy");
    Npy.write(path, Tensor.ones(3));
    Tensor large = Npy.read(path, Limits.DEFAULT.maxBytes(1L << 30));
    assertEquals(3, large.numel());
  }

  @Test
  void checkpoints() {
    Path path = dir.resolve("checkpoint.safetensors");
    Adam optimizer = new Adam(model.parameters(), AdamOptions.of(0.1));
    ExponentialLR scheduler = new ExponentialLR(optimizer, 0.9);
    Generator shuffle = new Generator(1);
    DataLoader<List<Tensor>, List<Tensor>> loader = DataLoader.of(Iris.load(), 32).shuffle(shuffle);
    long epoch = 2;
    long batch = 3;
    Generator.State before = shuffle.getState();
    Checkpoint.of(model)
        .optimizer(optimizer)
        .scheduler(scheduler)
        .generator("shuffle", shuffle)
        .position(new LoaderPosition(epoch, batch, before))
        .put("note", "half way")
        .save(path);

    Checkpoint saved = Checkpoint.load(path);
    saved.restore(model, optimizer, scheduler);
    saved.restore("shuffle", shuffle);
    LoaderPosition at = saved.position().orElseThrow();
    shuffle.setState(at.shuffle());
    Iterator<List<Tensor>> rest = loader.from(at.batch());
    int left = 0;
    while (rest.hasNext()) {
      rest.next();
      left++;
    }
    assertEquals(loader.size() - batch, left);
  }

  @Test
  void setsAndEvents() throws IOException {
    ImageFile.writePng(
        Files.createDirectories(dir.resolve("photos/cat")).resolve("1.png"), Tensor.ones(3, 4, 4));
    ImageFolder pictures = ImageFolder.of(dir.resolve("photos"));
    assertEquals(1, pictures.size());
    Files.writeString(dir.resolve("houses.csv"), "area,age,price\n100,3,2.5\n");
    Csv table = Csv.read(dir.resolve("houses.csv"));
    TensorDataset houses = new TensorDataset(table.numbers("area", "age"), table.numbers("price"));
    assertEquals(1, houses.size());
    try (EventWriter events = EventWriter.in(dir.resolve("runs/first"))) {
      events.scalar("loss/train", 0.5, 1);
      events.histogram("weight", model.weight(), 1);
      events.image("sample", Tensor.ones(1, 2, 2), 1);
      assertTrue(Files.exists(events.file()));
    }
  }
}
