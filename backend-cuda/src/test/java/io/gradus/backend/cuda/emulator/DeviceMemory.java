package io.gradus.backend.cuda.emulator;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all devices. Addresses are no addresses of the process, and none is given twice, so
 * that each use of freed memory is noticed.
 */
public final class DeviceMemory {
  /** Where shared memory shows in the generic address space. */
  static final long SHARED_WINDOW = 1L << 48;

  /** Where local memory shows in the generic address space. */
  static final long LOCAL_WINDOW = 1L << 48 | 1L << 47;

  private static final long FIRST = 1L << 49;
  private static final int ALIGNMENT = 512;
  private static final int GAP = 4096;
  private static final int REMEMBERED = 10_000;

  private final TreeMap<Long, Region> live = new TreeMap<>();
  private final TreeMap<Long, String> freed = new TreeMap<>();
  private final Set<Integer> peers = new HashSet<>();
  private long next = FIRST;
  private int count;

  /** Takes memory of a device. */
  public long allocate(long bytes, int device) {
    long at = reserve(bytes);
    open(at, bytes, device);
    return at;
  }

  /** Takes addresses only; {@link #open} puts memory there. */
  public long reserve(long bytes) {
    long at = next;
    next += (bytes + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return at;
  }

  /** Puts memory at reserved addresses. */
  public void open(long at, long bytes, int device) {
    String name = "allocation " + ++count + " (" + bytes + " bytes, cuda:" + device + ")";
    live.put(at, Region.onDevice(at, Math.toIntExact(bytes), name, device));
    freed.remove(at);
  }

  /** Lets kernels reach memory of the host. */
  public void map(long address, long bytes) {
    String name = "host memory (" + bytes + " bytes)";
    live.put(address, Region.onHost(address, Math.toIntExact(bytes), name));
  }

  /** Gives memory back: false if none begins there. */
  public boolean free(long at) {
    Region gone = live.remove(at);
    if (gone == null) {
      return false;
    }
    if (!gone.isHost()) {
      freed.put(at, gone.name);
      if (freed.size() > REMEMBERED) {
        freed.pollFirstEntry();
      }
    }
    gone.size = 0;
    return true;
  }

  /** Whether kernels on one device may reach the memory of another. */
  public void allowPeer(int from, int to, boolean allowed) {
    int pair = from * 64 + to;
    if (allowed) {
      peers.add(pair);
    } else {
      peers.remove(pair);
    }
  }

  /** How many bytes of a device are taken. */
  public long used(int device) {
    long sum = 0;
    for (Region r : live.values()) {
      sum += r.device == device ? r.size : 0;
    }
    return sum;
  }

  /** What reports call the allocation that begins there. */
  public String name(long at) {
    Region r = live.get(at);
    return r == null ? "nothing" : r.name;
  }

  /** Where the allocation around an address begins, or -1. */
  public long start(long address) {
    Region r = find(address, 1);
    return r == null ? -1 : r.base;
  }

  /** How long the allocation around an address is, or -1. */
  public long length(long address) {
    Region r = find(address, 1);
    return r == null ? -1 : r.size;
  }

  /** The device of the allocation around an address; -1 for the host's or none. */
  public int device(long address) {
    Region r = find(address, 1);
    return r == null ? -1 : r.device;
  }

  /** Whether that many bytes lie in one allocation. */
  public boolean contains(long address, long bytes) {
    return find(address, bytes) != null;
  }

  /** Writes what the host has; the range must be there. */
  public void write(long address, MemorySegment source) {
    if (source.byteSize() > 0) {
      Region r = require(address, source.byteSize());
      r.copyFrom(source, (int) (address - r.base));
    }
  }

  /** Reads for the host; the range must be there. */
  public void read(long address, MemorySegment target) {
    if (target.byteSize() > 0) {
      Region r = require(address, target.byteSize());
      r.copyTo((int) (address - r.base), target);
    }
  }

  /** Copies; both ranges must be there. */
  public void copy(long from, long to, long bytes) {
    if (bytes > 0) {
      Region source = require(from, bytes);
      Region target = require(to, bytes);
      target.copyFrom(source, (int) (from - source.base), (int) (to - target.base), (int) bytes);
    }
  }

  /** Repeats a value of 1, 2 or 4 bytes; the range must be there. */
  public void fill(long address, int value, int width, long count) {
    if (count > 0) {
      Region r = require(address, width * count);
      r.fill((int) (address - r.base), value, width, (int) count);
    }
  }

  private Region require(long address, long bytes) {
    Region r = find(address, bytes);
    if (r == null) {
      throw new KernelFault(
          KernelFault.Kind.ILLEGAL_ADDRESS,
          bytes + " bytes at " + describe(address) + " are not there");
    }
    return r;
  }

  /** The region around so many bytes, or null. */
  @Nullable Region find(long address, long bytes) {
    Map.Entry<Long, Region> below = live.floorEntry(address);
    return below != null && below.getValue().contains(address, bytes) ? below.getValue() : null;
  }

  /** Whether kernels of a device may touch a region. */
  boolean mayReach(int device, Region region) {
    return region.device == device
        || region.isHost()
        || peers.contains(device * 64 + region.device);
  }

  /** An address in terms of the nearest allocation. */
  String describe(long address) {
    String hex = "0x" + Long.toHexString(address);
    Map.Entry<Long, Region> below = live.floorEntry(address);
    Map.Entry<Long, String> gone = freed.floorEntry(address);
    if (gone != null && (below == null || gone.getKey() > below.getKey())) {
      return hex + ", " + (address - gone.getKey()) + " bytes into freed " + gone.getValue();
    }
    if (below != null && address - below.getKey() < (1L << 32)) {
      return hex + ", " + (address - below.getKey()) + " bytes into " + below.getValue().name;
    }
    return hex + ", far from all allocations";
  }
}
