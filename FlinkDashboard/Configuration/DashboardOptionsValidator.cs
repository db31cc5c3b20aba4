using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace FlinkDashboard.Configuration;

/// <summary>Checks the settings at start. Each sentence names the key and the rule.</summary>
public sealed partial class DashboardOptionsValidator(IConfiguration configuration) : IValidateOptions<DashboardOptions>
{
    private static readonly string[] Worlds = ["quiet", "busy", "failing", "thousand"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = SettingKeys.Unknown(configuration).Concat(Cluster(options)).Concat(Sandbox(options.Sandbox)).Concat(Access(options)).Concat(Defaults(options.Defaults))
            .Concat(SourceRules.Of(options)).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Cluster(DashboardOptions options)
    {
        var cluster = options.Cluster;
        if (cluster.Source is { } source && !Enum.IsDefined(source))
            yield return $"Cluster:Source must be one of {string.Join(", ", Enum.GetNames<ClusterSource>())}.";
        if (cluster.Source is ClusterSource.Sandbox or ClusterSource.InCluster && cluster.KubeConfig is not null)
            yield return $"Cluster:KubeConfig is only for Cluster:Source KubeConfig, which is {cluster.Source}.";
        if (cluster.Source is ClusterSource.Sandbox or ClusterSource.InCluster && cluster.Context is not null)
            yield return $"Cluster:Context is only for Cluster:Source KubeConfig, which is {cluster.Source}.";
        foreach (var ns in cluster.Namespaces.Where(n => !IsLabel(n)))
            yield return $"Cluster:Namespaces holds \"{ns}\": a namespace has 1 to 63 lower-case letters, digits and hyphens.";
    }

    private static IEnumerable<string> Sandbox(SandboxSettings sandbox)
    {
        if (!Worlds.Contains(sandbox.World) && !sandbox.World.StartsWith("recording:", StringComparison.Ordinal))
            yield return $"Sandbox:World is \"{sandbox.World}\": it must be {string.Join(", ", Worlds)} or recording:FOLDER.";
        if (sandbox.World.StartsWith("recording:", StringComparison.Ordinal) && !Directory.Exists(sandbox.World["recording:".Length..]))
            yield return $"Sandbox:World names the folder \"{sandbox.World["recording:".Length..]}\", which does not exist.";
        if (!double.IsFinite(sandbox.Speed) || sandbox.Speed is < 0 or > 3600)
            yield return "Sandbox:Speed must be between 0 and 3600.";
        if (sandbox.RealFlink.Length > 0 && !RealFlinkForm().IsMatch(sandbox.RealFlink))
            yield return $"Sandbox:RealFlink is \"{sandbox.RealFlink}\": it must be NAMESPACE/NAME=http://127.0.0.1:PORT.";
    }

    private IEnumerable<string> Access(DashboardOptions options)
    {
        var access = options.Access;
        if (!Enum.IsDefined(access.Mode))
            yield return $"Access:Mode must be one of {string.Join(", ", Enum.GetNames<AccessMode>())}.";
        if (access.Mode == AccessMode.None)
            foreach (var (key, url) in ListenRule.Addresses(configuration, options).Where(a => !ListenRule.IsLoopback(a.Url)))
                yield return $"{key} listens on {url} while Access:Mode is None: without sign-in only loopback addresses are allowed (http://localhost:PORT). Set Access:Mode to Header and put a reverse proxy in front.";
        if (access.Mode != AccessMode.Header)
            yield break;
        if (access.TrustedProxies.Count == 0 && string.IsNullOrEmpty(access.SharedSecret))
            yield return "Access:Mode Header needs Access:TrustedProxies (addresses of the proxy) or Access:SharedSecret: otherwise anyone could name themselves.";
        if (access.SharedSecret is { Length: > 0 and < 16 })
            yield return "Access:SharedSecret must have at least 16 characters.";
        foreach (var proxy in access.TrustedProxies.Where(p => !IPNetwork.TryParse(p, out _) && !IPAddress.TryParse(p, out _)))
            yield return $"Access:TrustedProxies holds \"{proxy}\": it must be an IP address or a CIDR range.";
        if (string.IsNullOrWhiteSpace(access.UserHeader))
            yield return "Access:UserHeader must name a header when Access:Mode is Header.";
    }

    private static IEnumerable<string> Defaults(DeployDefaults defaults)
    {
        if (defaults.Storage is { } storage && !(Uri.TryCreate(storage, UriKind.Absolute, out var place) && place.Host.Length > 0))
            yield return $"Defaults:Storage is \"{storage}\": it must be an address such as s3://bucket or s3://bucket/flink.";
        if (defaults.ExecutionRoleArn is { } role && !role.StartsWith("arn:", StringComparison.Ordinal))
            yield return $"Defaults:ExecutionRoleArn is \"{role}\": it must be the ARN of an IAM role.";
        if (defaults.FlinkVersion is { } version && !(version.StartsWith('v') && version.Contains('_')))
            yield return $"Defaults:FlinkVersion is \"{version}\": it must be written as in the operator's kind, for instance v1_20.";
        if (!Duration().IsMatch(defaults.CheckpointInterval))
            yield return $"Defaults:CheckpointInterval is \"{defaults.CheckpointInterval}\": it must be a duration such as 30 s or 1 min.";
    }

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    // What Flink reads as a time: a whole number and a unit, milliseconds without one.
    [GeneratedRegex("^[a-z0-9-]+/[a-z0-9-]+=http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5}/?$")]
    private static partial Regex RealFlinkForm();

    [GeneratedRegex(@"^[1-9]\d*\s*(ms|s|sec|m|min|h|d)?$")]
    private static partial Regex Duration();
}
