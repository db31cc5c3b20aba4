using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Flink.Readings;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Flink.Readings;

/// <summary>Memory, threads, flame graphs, and secrets in text.</summary>
public class ProcessReadingTests
{
    [Theory]
    [InlineData("448m", 448L << 20)]
    [InlineData("1600 mb", 1600L << 20)]
    [InlineData("2g", 2L << 30)]
    [InlineData("402653184b", 402653184)]
    [InlineData("512", 512)]
    [InlineData("1 kibibytes", 1024)]
    public void MemorySize_IsRead_AsFlinkWritesIt(string text, long bytes) => Assert.Equal(bytes, MemorySize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("much")]
    [InlineData("12 parsecs")]
    [InlineData("9223372036854775807g")]
    public void MemorySize_OfWhatIsNone_IsNull(string? text) => Assert.Null(MemorySize.Parse(text));

    [Fact]
    public void JobManagerMemory_AddsUpToItsProcess()
    {
        ConfigEntry[] set = [new() { Key = "jobmanager.memory.heap.size", Value = "448m" }, new() { Key = "jobmanager.memory.off-heap.size", Value = "128m" }, new() { Key = "jobmanager.memory.jvm-metaspace.size", Value = "256m" }, new() { Key = "jobmanager.memory.jvm-overhead.max", Value = "192m" }];
        var model = MemoryModel.OfJobManager(set, new([new() { Id = "Status.JVM.Memory.Heap.Used", Value = "234881024" }, new() { Id = "Status.JVM.Memory.Direct.MemoryUsed", Value = "1048576" }]));
        Assert.Equal(1024L << 20, model.Total);
        Assert.Equal(0.5, model.Parts[0].Share);
        Assert.Equal(1L << 20, model.Parts[1].Used);
        Assert.Null(model.Parts[3].Used);
    }

    [Fact]
    public void TaskManagerMemory_BeforeItsMetrics_KnowsNoUse()
    {
        var worker = new TaskManagerDetails { MemoryConfiguration = new() { FrameworkHeap = 128, TaskHeap = 256, ManagedMemory = 64, NetworkMemory = 64, FrameworkOffHeap = 10, TaskOffHeap = 0, JvmMetaspace = 100, JvmOverhead = 20 } };
        var model = MemoryModel.OfTaskManager(worker, null);
        Assert.Equal(642, model.Total);
        Assert.All(model.Parts, p => Assert.Null(p.Used));
        var measured = MemoryModel.OfTaskManager(worker with { Metrics = new() { HeapUsed = 96, HeapMax = 384, NettyShuffleMemoryUsed = 16 } }, null);
        Assert.Equal((0.25, 0.25), (measured.Parts[0].Share, measured.Parts[2].Share));
    }

    [Fact]
    public void Threads_ThatOthersWaitFor_ComeFirst()
    {
        var dump = new ThreadDump
        {
            ThreadInfos =
            [
                new() { ThreadName = "a", StringifiedThreadInfo = "\"a\" Id=1 RUNNABLE\n\tat x.Y.z(Y.java:1)\n" },
                new() { ThreadName = "b", StringifiedThreadInfo = "\"b\" Id=2 BLOCKED on java.lang.Object@1f owned by \"c\" Id=3\n\tat x.Y.wait(Y.java:2)\n" },
                new() { ThreadName = "c", StringifiedThreadInfo = "\"c\" Id=3 RUNNABLE\n\tat x.Y.work(Y.java:3)\n\t-  locked java.lang.Object@1f\n\n\tNumber of locked synchronizers = 1\n\t- java.util.concurrent.locks.ReentrantLock$NonfairSync@2a\n" },
            ],
        };
        var read = ThreadReading.Of(dump);
        Assert.Equal(["c", "b", "a"], read.Select(t => t.Name));
        Assert.Equal(["b"], read[0].Waiters);
        Assert.Equal(["java.lang.Object@1f", "java.util.concurrent.locks.ReentrantLock$NonfairSync@2a"], read[0].Holds);
        Assert.Equal(("BLOCKED", "java.lang.Object@1f", "c", "x.Y.wait(Y.java:2)"), (read[1].State, read[1].WaitsFor, read[1].Owner, read[1].Top));
    }

    [Fact]
    public void Flames_AreAsWideAsTheirSamples_AndNameTheHottest()
    {
        var root = new FlameFrame { Name = "root", Value = 100, Children = [new() { Name = "left", Value = 25 }, new() { Name = "right", Value = 75, Children = [new() { Name = "deep", Value = 60 }] }] };
        var layout = FlameLayout.Of(root, "");
        Assert.Equal([("root", 0, 0.0, 1.0), ("left", 1, 0.0, 0.25), ("right", 1, 0.25, 0.75), ("deep", 2, 0.25, 0.6)], layout.Boxes.Select(b => (b.Name, b.Depth, b.Left, Math.Round(b.Width, 6))));
        Assert.Equal([("deep", 60), ("left", 25), ("right", 15)], layout.Hottest);
        var inner = FlameLayout.Of(root, "1");
        Assert.Equal(["right", "deep"], inner.Boxes.Select(b => b.Name));
        Assert.Equal("1.0", inner.Boxes[1].Path);
        Assert.Equal("root", FlameLayout.Of(root, "9.9").Boxes[0].Name);
    }

    [Theory]
    [InlineData("-Ds3.secret-key=abcdef -Dx=1", "-Ds3.secret-key=•••••• -Dx=1")]
    [InlineData("fs.s3a.secret.key: topsecret, next", "fs.s3a.secret.key: ••••••, next")]
    [InlineData("{\"password\":\"hunter2\",\"user\":\"x\"}", "{\"password\":\"••••••\",\"user\":\"x\"}")]
    [InlineData("jdbc:postgresql://app:pa55@db:5432/x", "jdbc:postgresql://app:••••••@db:5432/x")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE used", "key •••••• used")]
    [InlineData("tokens per second: 12", "tokens per second: 12")]
    [InlineData("at java.lang.Thread.run(Thread.java:840)", "at java.lang.Thread.run(Thread.java:840)")]
    [InlineData("", "")]
    public void Text_LosesItsSecrets_AndNothingElse(string text, string shown) => Assert.Equal(shown, RedactionOfText.Of(text));
}
