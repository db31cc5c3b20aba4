using System.Globalization;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Writes lines into the log of a running container, in Flink's layout.</summary>
internal sealed class WrittenLog
{
    private readonly SandboxCluster _cluster;
    private readonly string _uid;

    public WrittenLog(SandboxCluster cluster, string podPrefix)
    {
        _cluster = cluster;
        var pod = cluster.World.Objects.List(ResourceTypes.Pods).Items.First(one => one.Name.StartsWith(podPrefix, StringComparison.Ordinal));
        (_uid, Pod) = (pod.Uid, pod.Name);
    }

    /// <summary>Whose log.</summary>
    public string Pod { get; }

    /// <summary>One entry; its further lines follow it.</summary>
    public void Write(string text, string level = "INFO ")
    {
        var now = _cluster.World.Now;
        var lines = text.Split('\n');
        _cluster.World.Logs.Append(_uid, "flink-main-container", 0, now,
            string.Join('\n', lines.Skip(1).Prepend($"{now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture)} {level} {"org.apache.flink.test.Written",-60} [] - {lines[0]}")));
    }
}
