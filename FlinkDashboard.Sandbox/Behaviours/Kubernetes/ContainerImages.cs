using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Which images exist, where they are already, and how the container runtime names them.</summary>
internal sealed partial class ContainerImages
{
    private readonly HashSet<(string Node, string Image)> _pulled = [];
    private readonly HashSet<string> _freshNodes = [];

    /// <summary>A node that was not there when the world began has no image yet.</summary>
    public void NodeAdded(string node) => _freshNodes.Add(node);

    /// <summary>The node is gone with its disk.</summary>
    public void NodeRemoved(string node)
    {
        _freshNodes.Remove(node);
        _pulled.RemoveWhere(p => p.Node == node);
    }

    /// <summary>True if the node needs no pull.</summary>
    public bool IsPresent(string node, string image) => Exists(image) && (!_freshNodes.Contains(node) || _pulled.Contains((node, image)));

    /// <summary>The pull is done.</summary>
    public void Pulled(string node, string image) => _pulled.Add((node, image));

    /// <summary>
    /// Whether a registry has the image. Tags of the Flink repository are known by their form; for every other repository a name
    /// is believed unless it says itself that it is wrong.
    /// </summary>
    public static bool Exists(string image)
    {
        var (repository, tag) = Split(image);
        if (WrongName().IsMatch(image))
            return false;
        return repository is not ("flink" or "library/flink" or "apache/flink" or "docker.io/library/flink" or "docker.io/apache/flink") || FlinkTag().IsMatch(tag);
    }

    /// <summary>The full reference, as a container status shows it: <c>docker.io/library/flink:1.20</c>.</summary>
    public static string FullName(string image)
    {
        var (repository, tag) = Split(image);
        var first = repository.Split('/')[0];
        var full = !repository.Contains('/') ? $"docker.io/library/{repository}"
            : first.Contains('.') || first.Contains(':') || first == "localhost" ? repository
            : $"docker.io/{repository}";
        return tag.StartsWith('@') ? full + tag : $"{full}:{tag}";
    }

    /// <summary>A digest that is the same for the same image.</summary>
    public static string Id(string image) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FullName(image))));

    /// <summary>Why the pull of a missing image fails.</summary>
    public static string PullError(string image)
    {
        var full = FullName(image);
        var (repository, tag) = Split(full);
        var host = repository.Split('/')[0];
        var registry = host == "docker.io" ? "registry-1.docker.io" : host;
        var path = repository[(host.Length + 1)..];
        return $"failed to pull and unpack image \"{full}\": failed to resolve image: failed to do request: Head \"https://{registry}/v2/{path}/manifests/{tag.TrimStart('@')}\": dial tcp: lookup {registry} on 10.255.255.53:53: no such host";
    }

    private static (string Repository, string Tag) Split(string image)
    {
        if (image.IndexOf('@') is > 0 and var at)
            return (image[..at], image[at..]);
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? (image[..colon], image[(colon + 1)..]) : (image, "latest");
    }

    [GeneratedRegex("does-?not-?exist|non-?existent|no-?such|missing|invalid|unknown|wrong|typo", RegexOptions.IgnoreCase)]
    private static partial Regex WrongName();

    [GeneratedRegex(@"^(latest|(1\.(1[3-9]|20)|2\.[0-3])(\.\d+)?)(-scala_2\.1[12])?(-java(8|11|17|21))?$")]
    private static partial Regex FlinkTag();
}
