using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FlinkDashboard.Benchmarks;

/// <summary>Three short runs in this process: the solution's build rules do not suit the projects that BenchmarkDotNet would generate.</summary>
public sealed class ShortInProcess : ManualConfig
{
    /// <summary>Adds the job and the memory columns.</summary>
    public ShortInProcess()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
