using System.Security.Cryptography;
using System.Text;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>One log group.</summary>
/// <param name="Name">Name.</param>
/// <param name="Streams">By name.</param>
internal sealed record LogGroup(string Name, IReadOnlyList<LogStream> Streams)
{
    /// <summary>ARN without <c>:*</c>.</summary>
    public string Arn => ArnOf(Name);

    /// <summary>ARN of a group, without <c>:*</c>.</summary>
    public static string ArnOf(string name) => $"arn:aws:logs:{AwsAccount.Region}:{AwsAccount.Id}:log-group:{name}";
}

/// <summary>One log stream.</summary>
/// <param name="lines">Its lines.</param>
internal sealed class LogStream(ShippedStream lines)
{
    private readonly uint _hash = BitConverter.ToUInt32(MD5.HashData(Encoding.UTF8.GetBytes(lines.Name)));

    /// <summary>Name.</summary>
    public string Name => lines.Name;

    /// <summary>Its lines.</summary>
    public ShippedStream Lines => lines;

    /// <summary>Orders events of one millisecond among streams.</summary>
    public uint Hash => _hash;

    /// <summary>Events from a number on.</summary>
    public IEnumerable<LogEvent> Events(long from, int most) =>
        lines.Read(from, most).Select(l => new LogEvent(this, l.Number, l.Time.ToUnixTimeMilliseconds(), l.Text));
}

/// <summary>One log event.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Number">Position in its stream, from 0.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">Text.</param>
internal sealed record LogEvent(LogStream Stream, long Number, long Timestamp, string Message)
{
    /// <summary>Half a second after it was written the service had it.</summary>
    public long IngestionTime => Timestamp + 500;

    /// <summary>Its place among all events.</summary>
    public EventPlace Place => new(Timestamp, Stream.Hash, Number);
}

/// <summary>The groups of the account: those that applications name, and the one that Terraform makes.</summary>
internal sealed class LogGroups(SandboxWorld world)
{
    private readonly DateTimeOffset _created = world.Now;

    /// <summary>When they were made, in milliseconds.</summary>
    public long Created => _created.ToUnixTimeMilliseconds();

    /// <summary>Simulated time, in milliseconds.</summary>
    public long Now => world.Now.ToUnixTimeMilliseconds();

    /// <summary>All, by name.</summary>
    public IReadOnlyList<LogGroup> All()
    {
        var named = world.Objects.List(ResourceTypes.FlinkDeployments).Items
            .Select(d => d.Read().Text("spec", "monitoringConfiguration", "cloudWatchMonitoringConfiguration", "logGroupName")).OfType<string>();
        var streams = world.ShippedLogs.All.Where(s => s.Destination.LogGroup is not null).ToLookup(s => s.Destination.LogGroup!);
        return [.. named.Concat(streams.Select(s => s.Key)).Append(AwsAccount.LogGroup).Distinct().Order(StringComparer.Ordinal).Select(n => Group(n, streams[n]))];
    }

    /// <summary>The group of a name or an ARN, or null.</summary>
    public LogGroup? Find(string nameOrArn)
    {
        var name = nameOrArn.StartsWith(LogGroup.ArnOf(""), StringComparison.Ordinal) ? nameOrArn[LogGroup.ArnOf("").Length..] : nameOrArn;
        var streams = world.ShippedLogs.All.Where(s => s.Destination.LogGroup == name).ToList();
        // Only a group without streams must be looked for among all applications.
        return streams.Count > 0 ? Group(name, streams) : All().FirstOrDefault(g => g.Name == name);
    }

    private static LogGroup Group(string name, IEnumerable<ShippedStream> streams) => new(name, [.. streams.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new LogStream(s))]);
}
