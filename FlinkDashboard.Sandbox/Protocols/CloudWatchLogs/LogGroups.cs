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
    public string Arn => $"arn:aws:logs:{AwsAccount.Region}:{AwsAccount.Id}:log-group:{Name}";
}

/// <summary>One log stream.</summary>
/// <param name="Name">Name.</param>
/// <param name="Pod">Its lines.</param>
internal sealed record LogStream(string Name, ShippedPod Pod)
{
    /// <summary>Its events, oldest first.</summary>
    public IEnumerable<LogEvent> Events => Pod.Lines.Select(l => new LogEvent(Name, l.Number, l.Time.ToUnixTimeMilliseconds(), l.Text));
}

/// <summary>One log event.</summary>
/// <param name="Stream">Name of its stream.</param>
/// <param name="Number">Position in its stream, from 0.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">Text.</param>
internal sealed record LogEvent(string Stream, long Number, long Timestamp, string Message)
{
    /// <summary>Half a second after it was written the service had it.</summary>
    public long IngestionTime => Timestamp + 500;

    /// <summary>56 digits that grow with time, as the service's do.</summary>
    public string Id => $"{Timestamp:d20}{BitConverter.ToUInt32(MD5.HashData(Encoding.UTF8.GetBytes(Stream))):d16}{Number:d20}";
}

/// <summary>The groups of the account: those that applications name, and the one that Terraform makes.</summary>
internal sealed class LogGroups(SandboxWorld world)
{
    private readonly DateTimeOffset _created = world.Now;

    /// <summary>When they were made, in milliseconds.</summary>
    public long Created => _created.ToUnixTimeMilliseconds();

    /// <summary>All, by name.</summary>
    public IReadOnlyList<LogGroup> All()
    {
        var named = world.Objects.List(ResourceTypes.FlinkDeployments).Items
            .Select(d => d.Read().Text("spec", "monitoringConfiguration", "cloudWatchMonitoringConfiguration", "logGroupName")).OfType<string>();
        var pods = world.ShippedLogs.All.Where(p => p.Destination.LogGroup is not null).ToLookup(p => p.Destination.LogGroup!);
        return [.. named.Concat(pods.Select(p => p.Key)).Append(AwsAccount.LogGroup).Distinct().Order(StringComparer.Ordinal)
            .Select(n => new LogGroup(n, [.. pods[n].Select(p => new LogStream(p.Destination.Stream, p)).OrderBy(s => s.Name, StringComparer.Ordinal)]))];
    }

    /// <summary>The group of a name or an ARN, or null.</summary>
    public LogGroup? Find(string nameOrArn) => All().FirstOrDefault(g => g.Name == nameOrArn || g.Arn == nameOrArn);
}
