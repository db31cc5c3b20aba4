using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Access;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Operations;

/// <summary>A jar to be uploaded, as the user asks for it.</summary>
/// <param name="Namespace">For whose applications: the right to create them there is asked for.</param>
/// <param name="Name">File name; the jar stands under it in the folder of jars.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Replaces">Applications (<c>namespace/name</c>) that the user was told run the jar of this name that is there; null: must not replace one.</param>
public sealed record JarUpload(string Namespace, string Name, long Size, IReadOnlyList<string>? Replaces = null)
{
    /// <summary>Bytes of each part but the last. S3 wants at least 5 MiB.</summary>
    public const int PartSize = 8 << 20;

    /// <summary>How many parts there are.</summary>
    public int Parts => (int)((Size + PartSize - 1) / PartSize);

    /// <summary>Bytes of a part.</summary>
    public long SizeOf(int part) => part == Parts ? Size - ((long)(part - 1) * PartSize) : PartSize;
}

/// <summary>What may be uploaded.</summary>
public static partial class StorageRules
{
    private static readonly byte[] Zip = [0x50, 0x4b, 0x03, 0x04];

    /// <summary>May this be uploaded?</summary>
    /// <param name="upload">What.</param>
    /// <param name="folder">Where jars go; null: nowhere.</param>
    /// <param name="limit">Largest jar, MiB.</param>
    public static Decision CanUpload(JarUpload upload, StorageAddress? folder, int limit)
    {
        if (folder is null)
            return Decision.No("No folder for jars is set up: Storage:Jars must name one inside of Storage:Locations.");
        if (!JarName().IsMatch(upload.Name))
            return Decision.No($"\"{upload.Name}\" is no name for a jar here: letters, digits, dots, hyphens, underscores and plus signs, at most 200, ending with .jar.");
        if (upload.Size <= 0)
            return Decision.No($"{upload.Name} is empty.");
        return upload.Size > (long)limit << 20
            ? Decision.No(string.Create(CultureInfo.InvariantCulture, $"{upload.Name} has {upload.Size / 1048576.0:0.#} MiB; at most {limit} MiB are taken (Storage:UploadLimit)."))
            : Decision.Yes;
    }

    /// <summary>May this part come? The first must begin as a jar does.</summary>
    /// <param name="upload">Of what.</param>
    /// <param name="number">Which part, from 1.</param>
    /// <param name="content">Its bytes.</param>
    public static Decision CanSend(JarUpload upload, int number, ReadOnlySpan<byte> content) =>
        number < 1 || number > upload.Parts ? Decision.No($"{upload.Name} has {upload.Parts} parts; there is no part {number}.")
        : content.Length != upload.SizeOf(number) ? Decision.No(string.Create(CultureInfo.InvariantCulture, $"Part {number} has {content.Length} bytes instead of {upload.SizeOf(number)}: the file has changed, or the part was cut."))
        : number == 1 && !content.StartsWith(Zip) ? Decision.No($"{upload.Name} is no jar: it does not begin as a zip file does.")
        : Decision.Yes;

    /// <summary>May the jar that is there be replaced? Only if the user was told who runs it.</summary>
    /// <param name="upload">What is to stand there.</param>
    /// <param name="there">What stands there.</param>
    /// <param name="users">Applications that run it, <c>namespace/name</c>.</param>
    public static Decision CanReplace(JarUpload upload, StorageObject there, IReadOnlyList<string> users)
    {
        if (upload.Replaces is { } told && users.All(told.Contains))
            return Decision.Yes;
        var who = users.Count == 0 ? "no application runs it" : $"{string.Join(", ", users)} {(users.Count == 1 ? "runs" : "run")} it and would load the new one at the next start";
        return Decision.No(string.Create(CultureInfo.InvariantCulture, $"{upload.Name} is there already ({there.Size:#,0} bytes of {there.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC); {who}. Take another name, or choose to replace it."));
    }

    // What needs no encoding anywhere on the way.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]{0,195}\.jar\z")]
    private static partial Regex JarName();
}
