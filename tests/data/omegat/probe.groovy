// What OmegaT made of the open project, as lines of JSON: its segments, memories and glossaries.
import groovy.json.JsonOutput
import org.omegat.core.Core
import org.omegat.gui.glossary.GlossaryReaderTSV
import org.omegat.gui.matches.MatchesVarExpansion

if (binding.hasVariable('eventType') && eventType.toString() != 'LOAD') return
def project = Core.getProject()
def tell = { kind, what -> println "PROBE " + JsonOutput.toJson([kind: kind] + what) }

project.getAllEntries().each { entry ->
    def found = project.getTranslationInfo(entry)
    tell("segment", [source: entry.srcText, target: found.translation, author: found.creator])
}
def template = new MatchesVarExpansion("")
project.getTransMemories().each { path, memory ->
    memory.entries.each { entry ->
        def shown = template.expandProperties("@{x-origin} @{x-confidence} @{x-issue}", entry.otherProperties)
        tell("match", [source: entry.source, target: entry.translation, shown: shown, path: path])
    }
}
new File(project.projectProperties.glossaryRoot).listFiles().each { file ->
    GlossaryReaderTSV.read(file, false).each { term ->
        tell("term", [source: term.srcText, target: term.locText])
    }
}
