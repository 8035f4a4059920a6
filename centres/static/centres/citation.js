/* The citation button of the rich text editor: a link that follows an act. */
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { createElement } = window.React;
  const { Icon } = window.wagtail.components;

  class CitationSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.actChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen(data) {
      super.onChosen({ ...data, title: data.string });
    }

    filterEntityData(data) {
      return { id: data.id, citation: data.string };
    }
  }

  const Citation = (props) => {
    const { citation } = props.contentState.getEntity(props.entityKey).getData();
    return createElement(TooltipEntity, {
      ...props,
      icon: createElement(Icon, { name: "doc-full" }),
      label: citation || "",
      url: "",
    });
  };

  registerPlugin(
    { type: "CITATION", source: CitationSource, decorator: Citation },
    "entityTypes",
  );
})();
