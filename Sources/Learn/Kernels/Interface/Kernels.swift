/// Placeholder of the kernel interface.
public protocol Kernels {}
