/*
 * A stand-in for NVIDIA's driver, for machines without a GPU. It has the driver's functions, and
 * hands each call on to one Java function, which does the work; so this file knows no type of CUDA
 * and needs no header of it.
 *
 * All arguments of the functions below are integers or pointers. They are taken as 64 bits; for
 * narrower ones the callee looks at the low bits only.
 */
#include <stdint.h>

#define NOT_INITIALIZED 3

typedef int (*dispatch_t)(int function, const uint64_t *arguments);

static dispatch_t dispatch;

void gradus_standin_register(dispatch_t d) { dispatch = d; }

static int call(int function, const uint64_t *arguments) {
  return dispatch ? dispatch(function, arguments) : NOT_INITIALIZED;
}

/* Each function with the number of its arguments. */
#define FUNCTIONS(F) \
  F(cuInit, 1) \
  F(cuDriverGetVersion, 1) \
  F(cuGetErrorName, 2) \
  F(cuGetErrorString, 2) \
  F(cuDeviceGet, 2) \
  F(cuDeviceGetCount, 1) \
  F(cuDeviceGetName, 3) \
  F(cuDeviceGetUuid, 2) \
  F(cuDeviceGetUuid_v2, 2) \
  F(cuDeviceTotalMem_v2, 2) \
  F(cuDeviceGetAttribute, 3) \
  F(cuDeviceComputeCapability, 3) \
  F(cuDeviceGetPCIBusId, 3) \
  F(cuDeviceCanAccessPeer, 3) \
  F(cuDeviceGetP2PAttribute, 4) \
  F(cuDeviceGetDefaultMemPool, 2) \
  F(cuDeviceGetMemPool, 2) \
  F(cuDeviceSetMemPool, 2) \
  F(cuDevicePrimaryCtxRetain, 2) \
  F(cuDevicePrimaryCtxRelease_v2, 1) \
  F(cuDevicePrimaryCtxReset_v2, 1) \
  F(cuDevicePrimaryCtxSetFlags_v2, 2) \
  F(cuDevicePrimaryCtxGetState, 3) \
  F(cuCtxCreate_v2, 3) \
  F(cuCtxDestroy_v2, 1) \
  F(cuCtxSetCurrent, 1) \
  F(cuCtxGetCurrent, 1) \
  F(cuCtxPushCurrent_v2, 1) \
  F(cuCtxPopCurrent_v2, 1) \
  F(cuCtxGetDevice, 1) \
  F(cuCtxGetFlags, 1) \
  F(cuCtxGetId, 2) \
  F(cuCtxGetApiVersion, 2) \
  F(cuCtxGetLimit, 2) \
  F(cuCtxSetLimit, 2) \
  F(cuCtxGetStreamPriorityRange, 2) \
  F(cuCtxSetCacheConfig, 1) \
  F(cuCtxSynchronize, 0) \
  F(cuCtxEnablePeerAccess, 2) \
  F(cuCtxDisablePeerAccess, 1) \
  F(cuModuleLoadData, 2) \
  F(cuModuleLoadDataEx, 5) \
  F(cuModuleLoadFatBinary, 2) \
  F(cuModuleUnload, 1) \
  F(cuModuleGetFunction, 3) \
  F(cuModuleGetGlobal_v2, 4) \
  F(cuModuleGetLoadingMode, 1) \
  F(cuFuncGetAttribute, 3) \
  F(cuFuncSetAttribute, 3) \
  F(cuFuncSetCacheConfig, 2) \
  F(cuFuncGetModule, 2) \
  F(cuOccupancyMaxActiveBlocksPerMultiprocessor, 4) \
  F(cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags, 5) \
  F(cuOccupancyMaxPotentialBlockSize, 6) \
  F(cuLaunchKernel, 11) \
  F(cuLaunchCooperativeKernel, 10) \
  F(cuLaunchHostFunc, 3) \
  F(cuMemGetInfo_v2, 2) \
  F(cuMemAlloc_v2, 2) \
  F(cuMemFree_v2, 1) \
  F(cuMemAllocAsync, 3) \
  F(cuMemAllocFromPoolAsync, 4) \
  F(cuMemFreeAsync, 2) \
  F(cuMemPoolCreate, 2) \
  F(cuMemPoolDestroy, 1) \
  F(cuMemPoolTrimTo, 2) \
  F(cuMemPoolSetAttribute, 3) \
  F(cuMemPoolGetAttribute, 3) \
  F(cuMemPoolSetAccess, 3) \
  F(cuMemAllocHost_v2, 2) \
  F(cuMemHostAlloc, 3) \
  F(cuMemFreeHost, 1) \
  F(cuMemHostGetDevicePointer_v2, 3) \
  F(cuMemHostGetFlags, 2) \
  F(cuMemHostRegister_v2, 3) \
  F(cuMemHostUnregister, 1) \
  F(cuMemGetAddressRange_v2, 3) \
  F(cuPointerGetAttribute, 3) \
  F(cuMemcpy, 3) \
  F(cuMemcpyAsync, 4) \
  F(cuMemcpyHtoD_v2, 3) \
  F(cuMemcpyDtoH_v2, 3) \
  F(cuMemcpyDtoD_v2, 3) \
  F(cuMemcpyHtoDAsync_v2, 4) \
  F(cuMemcpyDtoHAsync_v2, 4) \
  F(cuMemcpyDtoDAsync_v2, 4) \
  F(cuMemcpyPeer, 5) \
  F(cuMemcpyPeerAsync, 6) \
  F(cuMemsetD8_v2, 3) \
  F(cuMemsetD16_v2, 3) \
  F(cuMemsetD32_v2, 3) \
  F(cuMemsetD8Async, 4) \
  F(cuMemsetD16Async, 4) \
  F(cuMemsetD32Async, 4) \
  F(cuStreamCreate, 2) \
  F(cuStreamCreateWithPriority, 3) \
  F(cuStreamDestroy_v2, 1) \
  F(cuStreamSynchronize, 1) \
  F(cuStreamQuery, 1) \
  F(cuStreamWaitEvent, 3) \
  F(cuStreamGetFlags, 2) \
  F(cuStreamGetPriority, 2) \
  F(cuStreamGetCtx, 2) \
  F(cuStreamGetId, 2) \
  F(cuStreamAddCallback, 4) \
  F(cuStreamBeginCapture_v2, 2) \
  F(cuStreamEndCapture, 2) \
  F(cuStreamIsCapturing, 2) \
  F(cuThreadExchangeStreamCaptureMode, 1) \
  F(cuEventCreate, 2) \
  F(cuEventDestroy_v2, 1) \
  F(cuEventRecord, 2) \
  F(cuEventRecordWithFlags, 3) \
  F(cuEventQuery, 1) \
  F(cuEventSynchronize, 1) \
  F(cuEventElapsedTime, 3) \
  F(cuEventElapsedTime_v2, 3) \
  F(cuGraphCreate, 2) \
  F(cuGraphInstantiateWithFlags, 3) \
  F(cuGraphLaunch, 2) \
  F(cuGraphUpload, 2) \
  F(cuGraphGetNodes, 3) \
  F(cuGraphDestroy, 1) \
  F(cuGraphExecDestroy, 1) \
  F(cuProfilerStart, 0) \
  F(cuProfilerStop, 0)

/* What JCuda's library refers to beyond those: it is there, and refuses. */
#define REFUSED(F) \
  F(cuArray3DCreate_v2, 0) F(cuArray3DGetDescriptor_v2, 0) F(cuArrayCreate_v2, 0) \
  F(cuArrayDestroy, 0) F(cuArrayGetDescriptor_v2, 0) F(cuArrayGetMemoryRequirements, 0) \
  F(cuArrayGetPlane, 0) F(cuArrayGetSparseProperties, 0) F(cuCtxAttach, 0) F(cuCtxDetach, 0) \
  F(cuCtxGetCacheConfig, 0) F(cuCtxGetSharedMemConfig, 0) F(cuCtxSetSharedMemConfig, 0) \
  F(cuDeviceGetByPCIBusId, 0) F(cuDeviceGetProperties, 0) \
  F(cuDeviceGetTexture1DLinearMaxWidth, 0) F(cuFuncSetBlockShape, 0) \
  F(cuFuncSetSharedMemConfig, 0) F(cuFuncSetSharedSize, 0) F(cuGLCtxCreate_v2, 0) \
  F(cuGLGetDevices_v2, 0) F(cuGLInit, 0) F(cuGLMapBufferObjectAsync_v2, 0) \
  F(cuGLMapBufferObject_v2, 0) F(cuGLRegisterBufferObject, 0) F(cuGLSetBufferObjectMapFlags, 0) \
  F(cuGLUnmapBufferObject, 0) F(cuGLUnmapBufferObjectAsync, 0) F(cuGLUnregisterBufferObject, 0) \
  F(cuGraphAddChildGraphNode, 0) F(cuGraphAddDependencies, 0) F(cuGraphAddEmptyNode, 0) \
  F(cuGraphAddEventRecordNode, 0) F(cuGraphAddEventWaitNode, 0) F(cuGraphAddHostNode, 0) \
  F(cuGraphAddKernelNode_v2, 0) F(cuGraphAddMemcpyNode, 0) F(cuGraphAddMemsetNode, 0) \
  F(cuGraphChildGraphNodeGetGraph, 0) F(cuGraphClone, 0) F(cuGraphDestroyNode, 0) \
  F(cuGraphEventRecordNodeGetEvent, 0) F(cuGraphEventRecordNodeSetEvent, 0) \
  F(cuGraphEventWaitNodeGetEvent, 0) F(cuGraphEventWaitNodeSetEvent, 0) \
  F(cuGraphExecChildGraphNodeSetParams, 0) F(cuGraphExecEventRecordNodeSetEvent, 0) \
  F(cuGraphExecEventWaitNodeSetEvent, 0) F(cuGraphExecHostNodeSetParams, 0) \
  F(cuGraphExecKernelNodeSetParams_v2, 0) F(cuGraphExecMemcpyNodeSetParams, 0) \
  F(cuGraphExecMemsetNodeSetParams, 0) F(cuGraphGetEdges, 0) F(cuGraphGetRootNodes, 0) \
  F(cuGraphHostNodeGetParams, 0) F(cuGraphHostNodeSetParams, 0) \
  F(cuGraphKernelNodeCopyAttributes, 0) F(cuGraphKernelNodeGetAttribute, 0) \
  F(cuGraphKernelNodeGetParams_v2, 0) F(cuGraphKernelNodeSetAttribute, 0) \
  F(cuGraphKernelNodeSetParams_v2, 0) F(cuGraphMemcpyNodeGetParams, 0) \
  F(cuGraphMemcpyNodeSetParams, 0) F(cuGraphMemsetNodeGetParams, 0) \
  F(cuGraphNodeFindInClone, 0) F(cuGraphNodeGetDependencies, 0) \
  F(cuGraphNodeGetDependentNodes, 0) F(cuGraphNodeGetType, 0) F(cuGraphRemoveDependencies, 0) \
  F(cuGraphicsGLRegisterBuffer, 0) F(cuGraphicsGLRegisterImage, 0) F(cuGraphicsMapResources, 0) \
  F(cuGraphicsResourceGetMappedMipmappedArray, 0) F(cuGraphicsResourceGetMappedPointer_v2, 0) \
  F(cuGraphicsResourceSetMapFlags_v2, 0) F(cuGraphicsSubResourceGetMappedArray, 0) \
  F(cuGraphicsUnmapResources, 0) F(cuGraphicsUnregisterResource, 0) F(cuIpcCloseMemHandle, 0) \
  F(cuIpcGetEventHandle, 0) F(cuIpcGetMemHandle, 0) F(cuIpcOpenEventHandle, 0) \
  F(cuIpcOpenMemHandle_v2, 0) F(cuLaunch, 0) F(cuLaunchCooperativeKernelMultiDevice, 0) \
  F(cuLaunchGrid, 0) F(cuLaunchGridAsync, 0) F(cuLinkAddData_v2, 0) F(cuLinkAddFile_v2, 0) \
  F(cuLinkComplete, 0) F(cuLinkCreate_v2, 0) F(cuLinkDestroy, 0) F(cuMemAddressFree, 0) \
  F(cuMemAddressReserve, 0) F(cuMemAdvise, 0) F(cuMemAllocManaged, 0) F(cuMemAllocPitch_v2, 0) \
  F(cuMemCreate, 0) F(cuMemExportToShareableHandle, 0) F(cuMemGetAccess, 0) \
  F(cuMemGetAllocationGranularity, 0) F(cuMemGetAllocationPropertiesFromHandle, 0) \
  F(cuMemImportFromShareableHandle, 0) F(cuMemMap, 0) F(cuMemPrefetchAsync, 0) \
  F(cuMemRangeGetAttribute, 0) F(cuMemRangeGetAttributes, 0) F(cuMemRelease, 0) \
  F(cuMemRetainAllocationHandle, 0) F(cuMemSetAccess, 0) F(cuMemUnmap, 0) \
  F(cuMemcpy2DAsync_v2, 0) F(cuMemcpy2DUnaligned_v2, 0) F(cuMemcpy2D_v2, 0) \
  F(cuMemcpy3DAsync_v2, 0) F(cuMemcpy3DPeer, 0) F(cuMemcpy3DPeerAsync, 0) F(cuMemcpy3D_v2, 0) \
  F(cuMemcpyAtoA_v2, 0) F(cuMemcpyAtoD_v2, 0) F(cuMemcpyAtoHAsync_v2, 0) F(cuMemcpyAtoH_v2, 0) \
  F(cuMemcpyDtoA_v2, 0) F(cuMemcpyHtoAAsync_v2, 0) F(cuMemcpyHtoA_v2, 0) \
  F(cuMemsetD2D16Async, 0) F(cuMemsetD2D16_v2, 0) F(cuMemsetD2D32Async, 0) \
  F(cuMemsetD2D32_v2, 0) F(cuMemsetD2D8Async, 0) F(cuMemsetD2D8_v2, 0) \
  F(cuMipmappedArrayCreate, 0) F(cuMipmappedArrayDestroy, 0) F(cuMipmappedArrayGetLevel, 0) \
  F(cuMipmappedArrayGetMemoryRequirements, 0) F(cuMipmappedArrayGetSparseProperties, 0) \
  F(cuModuleGetSurfRef, 0) F(cuModuleGetTexRef, 0) F(cuModuleLoad, 0) \
  F(cuOccupancyAvailableDynamicSMemPerBlock, 0) F(cuOccupancyMaxPotentialBlockSizeWithFlags, 0) \
  F(cuParamSetSize, 0) F(cuParamSetTexRef, 0) F(cuParamSetf, 0) F(cuParamSeti, 0) \
  F(cuParamSetv, 0) F(cuPointerGetAttributes, 0) F(cuPointerSetAttribute, 0) \
  F(cuProfilerInitialize, 0) F(cuStreamAttachMemAsync, 0) F(cuStreamCopyAttributes, 0) \
  F(cuStreamGetAttribute, 0) F(cuStreamSetAttribute, 0) F(cuStreamWaitValue32_v2, 0) \
  F(cuStreamWaitValue64_v2, 0) F(cuStreamWriteValue32_v2, 0) F(cuStreamWriteValue64_v2, 0) \
  F(cuSurfObjectCreate, 0) F(cuSurfObjectDestroy, 0) F(cuSurfObjectGetResourceDesc, 0) \
  F(cuSurfRefGetArray, 0) F(cuSurfRefSetArray, 0) F(cuTexObjectCreate, 0) \
  F(cuTexObjectDestroy, 0) F(cuTexObjectGetResourceDesc, 0) \
  F(cuTexObjectGetResourceViewDesc, 0) F(cuTexObjectGetTextureDesc, 0) F(cuTexRefCreate, 0) \
  F(cuTexRefDestroy, 0) F(cuTexRefGetAddressMode, 0) F(cuTexRefGetAddress_v2, 0) \
  F(cuTexRefGetArray, 0) F(cuTexRefGetBorderColor, 0) F(cuTexRefGetFilterMode, 0) \
  F(cuTexRefGetFlags, 0) F(cuTexRefGetFormat, 0) F(cuTexRefGetMaxAnisotropy, 0) \
  F(cuTexRefGetMipmapFilterMode, 0) F(cuTexRefGetMipmapLevelBias, 0) \
  F(cuTexRefGetMipmapLevelClamp, 0) F(cuTexRefGetMipmappedArray, 0) \
  F(cuTexRefSetAddress2D_v3, 0) F(cuTexRefSetAddressMode, 0) F(cuTexRefSetAddress_v2, 0) \
  F(cuTexRefSetArray, 0) F(cuTexRefSetBorderColor, 0) F(cuTexRefSetFilterMode, 0) \
  F(cuTexRefSetFlags, 0) F(cuTexRefSetFormat, 0) F(cuTexRefSetMaxAnisotropy, 0) \
  F(cuTexRefSetMipmapFilterMode, 0) F(cuTexRefSetMipmapLevelBias, 0) \
  F(cuTexRefSetMipmapLevelClamp, 0) F(cuTexRefSetMipmappedArray, 0)

#define ID(name, n) ID_##name,
enum { FUNCTIONS(ID) REFUSED(ID) COUNT };

#define NAME(name, n) #name,
const char *const gradus_standin_names[] = {FUNCTIONS(NAME) REFUSED(NAME) 0};

#define PARAMETERS_0 void
#define PARAMETERS_1 uint64_t a
#define PARAMETERS_2 uint64_t a, uint64_t b
#define PARAMETERS_3 uint64_t a, uint64_t b, uint64_t c
#define PARAMETERS_4 uint64_t a, uint64_t b, uint64_t c, uint64_t d
#define PARAMETERS_5 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e
#define PARAMETERS_6 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f
#define PARAMETERS_7 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g
#define PARAMETERS_8 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h
#define PARAMETERS_9 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h, uint64_t i
#define PARAMETERS_10 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h, uint64_t i, uint64_t j
#define PARAMETERS_11 uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h, uint64_t i, uint64_t j, uint64_t k
#define ARGUMENTS_0 0
#define ARGUMENTS_1 a
#define ARGUMENTS_2 a, b
#define ARGUMENTS_3 a, b, c
#define ARGUMENTS_4 a, b, c, d
#define ARGUMENTS_5 a, b, c, d, e
#define ARGUMENTS_6 a, b, c, d, e, f
#define ARGUMENTS_7 a, b, c, d, e, f, g
#define ARGUMENTS_8 a, b, c, d, e, f, g, h
#define ARGUMENTS_9 a, b, c, d, e, f, g, h, i
#define ARGUMENTS_10 a, b, c, d, e, f, g, h, i, j
#define ARGUMENTS_11 a, b, c, d, e, f, g, h, i, j, k

#define DEFINE(name, n)                           \
  int name(PARAMETERS_##n) {                      \
    const uint64_t arguments[] = {ARGUMENTS_##n}; \
    return call(ID_##name, arguments);            \
  }

FUNCTIONS(DEFINE)
REFUSED(DEFINE)
