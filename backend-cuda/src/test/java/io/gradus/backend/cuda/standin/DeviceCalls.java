package io.gradus.backend.cuda.standin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** Initialisation, errors and devices: CUDA Driver API, chapters 6.2 to 6.5. */
final class DeviceCalls {
  private final Driver driver;
  private final Map<String, MemorySegment> strings = new HashMap<>();

  DeviceCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    driver.on(
        "cuInit",
        a -> {
          if (driver.options.devices() == 0) {
            throw CudaResult.ERROR_NO_DEVICE.error();
          }
          driver.initialised = true;
        });
    driver.on("cuDriverGetVersion", a -> a.putInt(0, driver.options.version()));
    driver.on("cuGetErrorName", a -> error(a, false));
    driver.on("cuGetErrorString", a -> error(a, true));
    driver.on("cuDeviceGetCount", a -> a.putInt(0, driver.options.devices()));
    driver.on("cuDeviceGet", a -> a.putInt(0, device(a.asInt(1))));
    driver.on(
        "cuDeviceGetName",
        a -> {
          device(a.asInt(2));
          a.putString(0, "Emulated GPU", a.asInt(1));
        });
    driver.on("cuDeviceGetUuid", this::uuid);
    driver.on("cuDeviceGetUuid_v2", this::uuid);
    driver.on("cuDeviceTotalMem_v2", a -> a.putLong(0, driver.options.memory()));
    driver.on(
        "cuDeviceGetAttribute",
        a -> {
          device(a.asInt(2));
          a.putInt(0, attribute(a.asInt(1)));
        });
    driver.on(
        "cuDeviceComputeCapability",
        a -> {
          a.putInt(0, driver.options.capability() / 10);
          a.putInt(1, driver.options.capability() % 10);
        });
    driver.on(
        "cuDeviceGetPCIBusId",
        a -> a.putString(0, "0000:%02x:00.0".formatted(device(a.asInt(2)) + 1), a.asInt(1)));
    driver.on(
        "cuDeviceCanAccessPeer",
        a -> a.putInt(0, device(a.asInt(1)) == device(a.asInt(2)) ? 0 : 1));
    driver.on("cuDeviceGetP2PAttribute", a -> a.putInt(0, a.asInt(1) == 2 ? 1 : 0));
    driver.on("cuDeviceGetDefaultMemPool", a -> a.putLong(0, pool(a.asInt(1))));
    driver.on("cuDeviceGetMemPool", a -> a.putLong(0, pool(a.asInt(1))));
    driver.on("cuDeviceSetMemPool", a -> device(a.asInt(0)));
    driver.on("cuProfilerStart", a -> {});
    driver.on("cuProfilerStop", a -> {});
  }

  private int device(int ordinal) {
    if (ordinal < 0 || ordinal >= driver.options.devices()) {
      throw CudaResult.ERROR_INVALID_DEVICE.error();
    }
    return ordinal;
  }

  private long pool(int ordinal) {
    return MemoryCalls.POOLS + device(ordinal);
  }

  private void error(Arguments a, boolean text) {
    for (CudaResult r : CudaResult.values()) {
      if (r.code == a.asInt(0)) {
        String s = text ? r.text : "CUDA_" + r.name();
        a.putLong(1, strings.computeIfAbsent(s, k -> Arena.global().allocateFrom(k)).address());
        return;
      }
    }
    a.putLong(1, 0);
    throw CudaResult.ERROR_INVALID_VALUE.error();
  }

  private void uuid(Arguments a) {
    a.putLong(0, 0x4772616475730000L + device(a.asInt(1)));
    Arguments.host(a.asLong(0) + 8, 8).fill((byte) 0x5A);
  }

  /** By the numbers of {@code CUdevice_attribute}. */
  private int attribute(int number) {
    return switch (number) {
      case 1, 2, 3 -> 1024; // threads of a block, its x, its y
      case 4 -> 64; // its z
      case 5 -> Integer.MAX_VALUE; // a grid's x
      case 6, 7 -> 65535; // a grid's y, z
      case 8 -> ModuleCalls.SHARED_PER_BLOCK;
      case 9 -> 65536; // constant memory
      case 10 -> 32; // lanes of a warp
      case 12, 82 -> 65536; // registers of a block, of a multiprocessor
      case 13, 36 -> 1_000_000; // clocks in kHz
      case 16 -> driver.options.multiprocessors();
      case 37 -> 256; // bits of the memory's bus
      case 38 -> 1 << 20; // second-level cache
      case 39 -> 2048; // threads of a multiprocessor
      case 75 -> driver.options.capability() / 10;
      case 76 -> driver.options.capability() % 10;
      case 81 -> ModuleCalls.SHARED_OPTIN + 1024; // shared memory of a multiprocessor
      case 97 -> ModuleCalls.SHARED_OPTIN;
      case 14, 78, 19, 31, 40, 41, 95, 115 -> 1;
      default -> 0;
    };
  }
}
